package lexicon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// CompareVersions returns -1, 0 or 1 as version a of a pack is before, the
// same as, or after b. What is not a version (see [CheckVersion]) is before
// all versions.
func CompareVersions(a, b string) int {
	as, bs := versionNumbers(a), versionNumbers(b)
	return slices.Compare(as[:], bs[:])
}

func versionNumbers(version string) (n [3]int) {
	if versionFault(version) != nil {
		return [3]int{-1}
	}
	for i, s := range strings.Split(version, ".") {
		n[i], _ = strconv.Atoi(s) // at most nine digits
	}
	return n
}

// CheckID says what is wrong with the id of a pack.
func CheckID(id string) error {
	if fault := idFault(id); fault != nil {
		return fmt.Errorf("lexicon: bad pack id %q, %s", id, fault)
	}
	return nil
}

// CheckVersion says what is wrong with the version of a pack.
func CheckVersion(version string) error {
	if fault := versionFault(version); fault != nil {
		return fmt.Errorf("lexicon: bad pack version %q, %s", version, fault)
	}
	return nil
}
