package serve

import (
	"errors"
	"net/http"

	"github.com/shenjiao/shenjiao/text/docx"
)

// docxType is the media type of a Word document.
const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// text answers with the text of a Word document, which a client then checks as
// the body of a draft.
func (s *Server) text(w http.ResponseWriter, r *http.Request) error {
	if _, err := parseParams(r); err != nil {
		return err
	}
	if _, err := mediaType(r, docxType); err != nil {
		return err
	}
	data, release, err := s.readBody(w, r)
	if err != nil {
		return err
	}
	defer release()
	if err := s.jobs.Acquire(r.Context(), 1); err != nil {
		return err
	}
	defer s.jobs.Release(1)
	text, err := docx.Text(data)
	switch {
	case errors.Is(err, docx.ErrTooLarge):
		return &problem{Status: http.StatusRequestEntityTooLarge, Detail: err.Error()}
	case err != nil:
		return &problem{Status: http.StatusBadRequest, Detail: "the document has problems", Faults: []fault{{Kind: "docx", Message: err.Error()}}}
	case int64(len(text)) > s.opts.MaxBody:
		return &http.MaxBytesError{Limit: s.opts.MaxBody}
	}
	return sendJSON(w, struct {
		Text string `json:"text"`
	}{text})
}
