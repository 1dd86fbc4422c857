// Example httpmw puts a check before the publish request of a CMS, as a
// middleware of net/http.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "where to listen")
	flag.Parse()
	handler, err := cms(func(a article) { log.Printf("published %d bytes", len(a.Content)) })
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on http://%s", *addr)
	server := http.Server{Addr: *addr, Handler: handler, ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}

// An article is what this CMS sends when an editor presses "publish".
type article struct {
	Title   string `json:"title"`
	Author  string `json:"author"`
	Content string `json:"content"` // HTML
}

// document says what of an article is what of a draft.
func document(body []byte) (*shenjiao.Document, error) {
	var a article
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, errors.New("the request is no article") // err can quote the draft
	}
	return &shenjiao.Document{
		Title:      new(a.Title),
		Author:     new(a.Author),
		Body:       new(a.Content),
		BodyFormat: new(review.BodyHTML),
	}, nil
}

// cms is a CMS with one route. publish gets the articles that passed.
func cms(publish func(article)) (http.Handler, error) {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		return nil, err
	}
	gate, err := shenjiao.NewGate(scanner, shenjiao.GateOptions{
		OnFailure: shenjiao.FailClosed, // what could not be checked is not published
		Timeout:   3 * time.Second,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("POST /publish", check(gate, document, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var a article
		if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
			http.Error(w, "the request is no article", http.StatusBadRequest)
			return
		}
		publish(a)
		fmt.Fprintln(w, "published")
	})))
	return mux, nil
}
