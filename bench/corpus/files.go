package corpus

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Files are the paths of a case that was written out.
type Files struct {
	Text  string // UTF-8
	Terms string // a term a line
}

// Write writes the case into dir as NAME.txt, NAME.terms and NAME.json; the
// last holds the [Answer] and the sizes.
func (c *Case) Write(dir, name string, a Answer) (Files, error) {
	f := Files{Text: filepath.Join(dir, name+".txt"), Terms: filepath.Join(dir, name+".terms")}
	facts, err := json.MarshalIndent(struct {
		Answer
		Planted int `json:"planted"`
		Bytes   int `json:"bytes"`
		Terms   int `json:"terms"`
	}{a, c.Planted, len(c.Text), len(c.Terms)}, "", "  ")
	if err != nil {
		return f, err
	}
	for path, data := range map[string]string{
		f.Text: c.Text, f.Terms: strings.Join(c.Terms, "\n") + "\n", filepath.Join(dir, name+".json"): string(facts) + "\n",
	} {
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			return f, fmt.Errorf("corpus: %w", err)
		}
	}
	return f, nil
}
