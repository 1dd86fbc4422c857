package reload_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/reload"
)

func Example() {
	dir, err := os.MkdirTemp("", "packs")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	write := func(name, data string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			log.Fatal(err)
		}
	}
	write("pack.yaml", "id: house\nversion: 1.0.0\nowner: 宣传部\nfiles: {terms/names.csv: x_names}\n")
	if err := os.Mkdir(filepath.Join(dir, "terms"), 0o755); err != nil {
		log.Fatal(err)
	}
	write("terms/names.csv", "term,suggest\n云洲市,云州市\n")

	events := make(chan reload.Event, 1)
	scanner, err := reload.New(reload.Options{
		Folders:  []string{dir},
		OnReload: func(e reload.Event) { events <- e },
		Logger:   slog.New(slog.DiscardHandler),
	})
	if err != nil {
		log.Fatal(err)
	}
	defer scanner.Close()
	scan := func() {
		report, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new("云洲市来了客人")})
		if err != nil {
			log.Fatal(err)
		}
		pack := report.Snapshot.Packs[0]
		fmt.Println(pack.ID, pack.Version, report.Findings[0].Suggestion)
	}
	scan()

	write("terms/names.csv", "term,suggest\n云洲市,云舟市\n")
	write("pack.yaml", "id: house\nversion: 1.1.0\nowner: 宣传部\nfiles: {terms/names.csv: x_names}\n")
	fmt.Println((<-events).Err)
	scan()

	write("pack.yaml", "id: house\nversion: 1.2\n") // the last good version stays
	fmt.Println((<-events).Err != nil, scanner.Err() != nil)
	scan()
	// Output:
	// house 1.0.0 云州市
	// <nil>
	// house 1.1.0 云舟市
	// true true
	// house 1.1.0 云舟市
}
