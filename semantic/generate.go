package semantic

//go:generate go run ../cmd/shenjiao semantic train --model-version 1 --output starter.model data
