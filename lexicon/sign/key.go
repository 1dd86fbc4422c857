package sign

import (
	"errors"
	"fmt"
	"strings"

	"aead.dev/minisign"
)

// A PublicKey checks signatures.
type PublicKey struct{ key minisign.PublicKey }

// ParsePublicKey reads a key in minisign's form: the line of base64, with or
// without the comment line of a .pub file before it.
func ParsePublicKey(text string) (PublicKey, error) {
	var k PublicKey
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	if err := k.key.UnmarshalText([]byte(text)); err != nil {
		return PublicKey{}, fmt.Errorf("sign: not a minisign public key: %s", reason(err))
	}
	return k, nil
}

// ID returns the id of the key in hexadecimal, as minisign prints it. It is a
// name, not a fingerprint: anybody can make a key with any id.
func (k PublicKey) ID() string { return keyID(k.key.ID()) }

// String returns the line of base64.
func (k PublicKey) String() string { return k.key.String() }

// File returns what a .pub file holds.
func (k PublicKey) File() []byte {
	return fmt.Appendf(nil, "untrusted comment: minisign public key %s\n%s\n", k.ID(), k)
}

func keyID(id uint64) string { return fmt.Sprintf("%016X", id) }

// A SecretKey makes signatures.
type SecretKey struct{ key minisign.PrivateKey }

// GenerateKey makes a new pair of keys.
func GenerateKey() (SecretKey, PublicKey, error) {
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		return SecretKey{}, PublicKey{}, fmt.Errorf("sign: %w", err)
	}
	return SecretKey{secret}, PublicKey{public}, nil
}

// ReadSecretKey reads a minisign secret key file. It calls password if the key
// is encrypted. Decrypting takes a second and 1 GB of memory; that is what
// makes guessing expensive.
func ReadSecretKey(file []byte, password func() (string, error)) (SecretKey, error) {
	var k SecretKey
	file = []byte(strings.ReplaceAll(strings.TrimSpace(string(file)), "\r\n", "\n"))
	if !minisign.IsEncrypted(file) {
		if err := k.key.UnmarshalText(file); err != nil {
			return SecretKey{}, fmt.Errorf("sign: not a minisign secret key: %s", reason(err))
		}
		return k, nil
	}
	word, err := password()
	if err != nil {
		return SecretKey{}, err
	}
	if k.key, err = minisign.DecryptKey(word, file); err != nil {
		return SecretKey{}, errors.New("sign: the password is wrong, or the key file is damaged")
	}
	return k, nil
}

// Public returns the key that checks what k signs.
func (k SecretKey) Public() PublicKey {
	return PublicKey{k.key.Public().(minisign.PublicKey)}
}

// File returns what a secret key file holds: the key encrypted with password
// or, if that is empty, the key itself.
func (k SecretKey) File(password string) (file []byte, err error) {
	if password == "" {
		file, err = k.key.MarshalText()
	} else {
		file, err = minisign.EncryptKey(password, k.key)
	}
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return append(file, '\n'), nil
}

// reason is what minisign says, without its name. It never holds key material.
func reason(err error) string {
	s := strings.TrimPrefix(err.Error(), "minisign: ")
	s = strings.TrimPrefix(s, "invalid public key: ")
	return strings.TrimPrefix(s, "invalid private key: ")
}
