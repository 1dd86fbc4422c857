//go:build vectorscan

package main

/*
#cgo pkg-config: libhs
#include <stdlib.h>
#include <hs.h>

static int count(unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *n) {
	++*(size_t *)n;
	return 0;
}

static hs_error_t scan(const hs_database_t *db, const char *text, unsigned int len, hs_scratch_t *scratch, size_t *n) {
	return hs_scan(db, text, len, 0, scratch, count, n);
}
*/
import "C"

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"github.com/shenjiao/shenjiao/bench/runner"
)

func init() {
	engines["vectorscan"] = runner.Engine{Version: C.GoString(C.hs_version()), Build: buildVectorscan}
}

// buildVectorscan compiles the terms as literals in block mode, without flags:
// every end of a match is reported.
func buildVectorscan(terms []string) (func([]byte) int, error) {
	n := len(terms)
	// C may not keep pointers into Go's memory, so the arrays are C's.
	texts := unsafe.Slice((**C.char)(C.malloc(C.size_t(n)*C.size_t(unsafe.Sizeof((*C.char)(nil))))), n)
	lens := unsafe.Slice((*C.size_t)(C.malloc(C.size_t(n)*C.size_t(unsafe.Sizeof(C.size_t(0))))), n)
	ids := unsafe.Slice((*C.uint)(C.malloc(C.size_t(n)*C.size_t(unsafe.Sizeof(C.uint(0))))), n)
	flags := unsafe.Slice((*C.uint)(C.calloc(C.size_t(n), C.size_t(unsafe.Sizeof(C.uint(0))))), n)
	all := C.CString(strings.Join(terms, ""))
	defer C.free(unsafe.Pointer(&texts[0]))
	defer C.free(unsafe.Pointer(&lens[0]))
	defer C.free(unsafe.Pointer(&ids[0]))
	defer C.free(unsafe.Pointer(&flags[0]))
	defer C.free(unsafe.Pointer(all))
	at := 0
	for i, t := range terms {
		texts[i] = (*C.char)(unsafe.Add(unsafe.Pointer(all), at))
		lens[i], ids[i] = C.size_t(len(t)), C.uint(i)
		at += len(t)
	}
	var db *C.hs_database_t
	var failed *C.hs_compile_error_t
	if C.hs_compile_lit_multi(&texts[0], &flags[0], &ids[0], &lens[0], C.uint(n), C.HS_MODE_BLOCK, nil, &db, &failed) != C.HS_SUCCESS {
		defer C.hs_free_compile_error(failed)
		return nil, errors.New(C.GoString(failed.message))
	}
	var scratch *C.hs_scratch_t
	if code := C.hs_alloc_scratch(db, &scratch); code != C.HS_SUCCESS {
		return nil, fmt.Errorf("hs_alloc_scratch: error %d", code)
	}
	counted := (*C.size_t)(C.malloc(C.size_t(unsafe.Sizeof(C.size_t(0)))))
	return func(text []byte) int {
		*counted = 0
		if code := C.scan(db, (*C.char)(unsafe.Pointer(unsafe.SliceData(text))), C.uint(len(text)), scratch, counted); code != C.HS_SUCCESS {
			panic(fmt.Sprintf("hs_scan: error %d", code))
		}
		return int(*counted)
	}, nil
}
