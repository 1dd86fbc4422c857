package serve

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// A crowd is a listener with a limit of open connections. When it is reached,
// the connection that has been silent for the longest, before a request or
// between two, makes room for a new one; if none is silent, the new one waits.
// A limit alone would let whoever opens connections and says nothing keep out
// everybody else until their time is up.
type crowd struct {
	net.Listener
	limit int

	mu     sync.Mutex
	free   sync.Cond // a connection was closed, or became silent
	open   int
	silent list.List // of *member, the longest silent first
	closed bool
}

// A member is a connection of a crowd.
type member struct {
	net.Conn
	crowd   *crowd
	silence *list.Element // nil: not silent
	gone    bool
}

func newCrowd(l net.Listener, limit int) *crowd {
	c := &crowd{Listener: l, limit: limit}
	c.free.L = &c.mu
	return c
}

// Accept returns the next connection when there is room for it.
func (c *crowd) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	for c.open >= c.limit && !c.closed {
		if first := c.silent.Front(); first != nil {
			m := first.Value.(*member)
			c.leave(m)
			m.Conn.Close()
			continue
		}
		c.free.Wait()
	}
	defer c.mu.Unlock()
	if c.closed {
		conn.Close()
		return nil, net.ErrClosed
	}
	c.open++
	return &member{Conn: conn, crowd: c}, nil
}

// Close ends a waiting Accept.
func (c *crowd) Close() error {
	c.mu.Lock()
	c.closed = true
	c.free.Broadcast()
	c.mu.Unlock()
	return c.Listener.Close()
}

// leave counts a connection out, once.
func (c *crowd) leave(m *member) {
	if m.silence != nil {
		c.silent.Remove(m.silence)
		m.silence = nil
	}
	if !m.gone {
		m.gone = true
		c.open--
		c.free.Signal()
	}
}

// state is [http.Server].ConnState.
func (c *crowd) state(conn net.Conn, s http.ConnState) {
	m, ok := conn.(*member)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch s {
	case http.StateNew, http.StateIdle:
		if m.silence == nil && !m.gone {
			m.silence = c.silent.PushBack(m)
			c.free.Signal()
		}
	default:
		if m.silence != nil {
			c.silent.Remove(m.silence)
			m.silence = nil
		}
	}
}

// Close closes the connection, which makes room.
func (m *member) Close() error {
	m.crowd.mu.Lock()
	m.crowd.leave(m)
	m.crowd.mu.Unlock()
	return m.Conn.Close()
}
