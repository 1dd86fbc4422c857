module github.com/shenjiao/shenjiao/bench/peers

go 1.26.0

replace github.com/shenjiao/shenjiao => ../..

require github.com/shenjiao/shenjiao v0.0.0

require (
	github.com/BobuSumisu/aho-corasick v1.0.3
	github.com/anknown/ahocorasick v0.0.0-20190904063843-d75dbd5169c0
	github.com/coregx/ahocorasick v0.3.1
	github.com/petar-dambovaliev/aho-corasick v0.0.0-20250424160509-463d218d4745
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/anknown/darts v0.0.0-20151216065714-83ff685239e6 // indirect
	github.com/go-ego/gse v1.1.0 // indirect
	github.com/vcaesar/cedar v0.50.0 // indirect
	go.yaml.in/yaml/v3 v3.0.6 // indirect
)
