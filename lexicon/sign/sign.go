package sign

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"aead.dev/minisign"

	"github.com/shenjiao/shenjiao/lexicon"
)

// Sign returns the contents of [lexicon.ManifestFile] and
// [lexicon.SignatureFile] for a pack. Equal packs and keys give equal bytes.
//
// It reads the id and version in pack.yaml and nothing else: that the pack is
// sound and its cases hold is for the caller to see to before.
func Sign(files *lexicon.Files, key SecretKey) (manifest, signature []byte, err error) {
	comment, err := trustedComment(files)
	if err != nil {
		return nil, nil, err
	}
	manifest = files.Manifest()
	r := minisign.NewReader(bytes.NewReader(manifest))
	if _, err := io.Copy(io.Discard, r); err != nil {
		return nil, nil, fmt.Errorf("sign: %w", err)
	}
	return manifest, r.SignWithComments(key.key, comment, "signature from minisign secret key "+key.Public().ID()), nil
}

// trustedComment says what a signature is for.
func trustedComment(files *lexicon.Files) (string, error) {
	id, version, err := files.Identity()
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return "shenjiao pack " + id + " " + version, nil
}

// A Policy says which packs are trusted.
type Policy struct {
	// Keys are those of which one has to have signed a pack: more than one
	// while a key is being replaced. There must be one at least.
	Keys []PublicKey

	// Oldest is, for the id of a pack, the oldest version that is accepted.
	// A pack that is not in it may have any version.
	Oldest map[string]string
}

// Open reads the pack in the root of fsys and returns its files, if the policy
// trusts them. The error says why it does not, file by file; it is that of
// fsys, wrapped, if a file cannot be read.
func Open(fsys fs.FS, policy Policy) (*lexicon.Files, error) {
	files, err := lexicon.ReadFiles(fsys)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	if len(policy.Keys) == 0 {
		return nil, errors.New("sign: Policy.Keys is empty, so no pack can be trusted: add the public key of its owner")
	}
	manifest, err := paper(files, lexicon.ManifestFile)
	if err != nil {
		return nil, err
	}
	text, err := paper(files, lexicon.SignatureFile)
	if err != nil {
		return nil, err
	}
	comment, err := verify(manifest, text, policy.Keys)
	if err != nil {
		return nil, err
	}
	if actual := files.Manifest(); !bytes.Equal(actual, manifest) {
		return nil, differences(manifest, actual)
	}
	id, version, err := files.Identity()
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	if want, _ := trustedComment(files); comment != want {
		return nil, fmt.Errorf("sign: %s: the trusted comment is %q, want %q: this was not signed as a pack of that id and version", lexicon.SignatureFile, comment, want)
	}
	if oldest, ok := policy.Oldest[id]; ok && lexicon.CompareVersions(version, oldest) < 0 {
		return nil, fmt.Errorf("sign: pack %s: version %s is older than %s, which was accepted before", id, version, oldest)
	}
	return files, nil
}

// paper returns a file of the signature.
func paper(files *lexicon.Files, name string) ([]byte, error) {
	data, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("sign: %s is missing: the pack is not signed", name)
	}
	return data, err
}

// verify checks a signature of the manifest and returns its trusted comment.
func verify(manifest, text []byte, keys []PublicKey) (comment string, err error) {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	var s minisign.Signature
	if err := s.UnmarshalText(text); err != nil {
		return "", fmt.Errorf("sign: %s is not a minisign signature: it is damaged or truncated", lexicon.SignatureFile)
	}
	var ids []string
	known := false
	for _, k := range keys {
		if minisign.Verify(k.key, manifest, text) {
			return s.TrustedComment, nil
		}
		known = known || k.key.ID() == s.KeyID
		ids = append(ids, k.ID())
	}
	if known {
		return "", fmt.Errorf("sign: %s is not what key %s signed: it or its signature was changed", lexicon.ManifestFile, keyID(s.KeyID))
	}
	return "", fmt.Errorf("sign: %s is signed with key %s, want %s", lexicon.ManifestFile, keyID(s.KeyID), strings.Join(ids, " or "))
}

// maxNamed is how many files one error names.
const maxNamed = 5

// differences says which files are not those that were signed.
func differences(signed, actual []byte) error {
	want, got := parseManifest(signed), parseManifest(actual)
	var faults []string
	for path, sum := range want {
		switch now, ok := got[path]; {
		case !ok:
			faults = append(faults, path+" is missing")
		case now != sum:
			faults = append(faults, path+" was changed")
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			faults = append(faults, path+" was added")
		}
	}
	slices.SortFunc(faults, func(a, b string) int { return cmp.Compare(a, b) })
	if len(faults) == 0 { // another order, line ends …
		return fmt.Errorf("sign: %s is not in the form of sha256sum, sorted by path", lexicon.ManifestFile)
	}
	if n := len(faults); n > maxNamed {
		faults = append(faults[:maxNamed], fmt.Sprintf("and %d more", n-maxNamed))
	}
	return fmt.Errorf("sign: the pack is not what was signed: %s", strings.Join(faults, ", "))
}

// parseManifest reads the lines of a manifest for [differences]. What is not
// such a line is left out.
func parseManifest(text []byte) map[string]string {
	files := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, path, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		if ok {
			files[path] = sum
		}
	}
	return files
}
