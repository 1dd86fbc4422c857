package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
)

// signatureFlags are the flags of commands that can insist on signed packs.
type signatureFlags struct {
	keys   []string
	ledger string
}

func (f *signatureFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.keys, "require-signature", nil, "词库文件夹必须有此公钥（minisign 公钥或 .pub 文件，可重复）的签名，否则拒绝")
	flags.StringVar(&f.ledger, "signature-ledger", "", "记录已接受版本的文件：比记录更旧的词库会被拒绝")
}

// policy reads the keys and the ledger.
func (f *signatureFlags) policy() (p sign.Policy, err error) {
	for _, key := range f.keys {
		k, err := readPublicKey(key)
		if err != nil {
			return p, fmt.Errorf("--require-signature: %w", err)
		}
		p.Keys = append(p.Keys, k)
	}
	if f.ledger == "" {
		return p, nil
	}
	if len(f.keys) == 0 {
		return p, errors.New("--signature-ledger: needs --require-signature: the version of a pack that is not signed proves nothing")
	}
	p.Oldest, err = sign.Ledger(f.ledger).Versions()
	return p, plainSign(err)
}

// open replaces the packs in folders by their checked files, if signatures are
// required. accept is to be called when they are in use.
func (f *signatureFlags) open(folders []string, packs []fs.FS) (accept func() error, err error) {
	policy, err := f.policy()
	if err != nil {
		return nil, err
	}
	if len(policy.Keys) == 0 {
		return func() error { return nil }, nil
	}
	var errs []error
	opened := make([]*lexicon.Files, len(packs))
	for i, fsys := range packs {
		if opened[i], err = sign.Open(fsys, policy); err != nil {
			errs = append(errs, fmt.Errorf("--lexicon %s: %w", folders[i], plainSign(err)))
			continue
		}
		packs[i] = opened[i]
	}
	return func() error { return f.record(opened) }, errors.Join(errs...)
}

// record remembers the versions of packs in the ledger, if there is one.
func (f *signatureFlags) record(packs []*lexicon.Files) error {
	if f.ledger == "" {
		return nil
	}
	for _, files := range packs {
		id, version, err := files.Identity()
		if err == nil {
			err = sign.Ledger(f.ledger).Record(id, version)
		}
		if err != nil {
			return plainSign(err)
		}
	}
	return nil
}

// readPublicKey reads a key that is given as itself or as its file.
func readPublicKey(s string) (sign.PublicKey, error) {
	if k, err := sign.ParsePublicKey(s); err == nil {
		return k, nil
	}
	data, err := os.ReadFile(s)
	if err != nil {
		return sign.PublicKey{}, fmt.Errorf("%q is neither a minisign public key nor a file that can be read: %w", s, readable(err))
	}
	k, err := sign.ParsePublicKey(string(data))
	if err != nil {
		return sign.PublicKey{}, fmt.Errorf("%s: %w", s, plainSign(err))
	}
	return k, nil
}

// plainSign drops the name of the package, which says nothing to a user.
func plainSign(err error) error {
	if err == nil {
		return nil
	}
	if s, ok := strings.CutPrefix(err.Error(), "sign: "); ok {
		return errors.New(s)
	}
	return err
}
