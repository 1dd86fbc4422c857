package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
)

type signFlags struct {
	key          string
	passwordFile string
}

// newLexiconSignCommand signs packs that are fit for use.
func newLexiconSignCommand(c console) *cobra.Command {
	var f signFlags
	cmd := &cobra.Command{
		Use:   "sign [PACK…] --key FILE",
		Short: "为词库签名（minisign 密钥）",
		Long: `为词库签名：运行用例，全部通过后写入 pack.manifest（各文件的 SHA-256）和
pack.manifest.minisig（minisign 签名）。词库改动后须重新签名；发布新内容时请同时提高
pack.yaml 的 version，旧版本才能被识别并拒绝。

密钥由 shenjiao lexicon keygen 或 minisign -G 生成。加密的密钥会询问口令，或从
--password-file 读取。

退出码：0 已签名；2 用法错误或文件无法读写；3 词库有错误或用例未通过，未签名。`,
		Example: `  shenjiao lexicon sign mypack --key house.key
  minisign -V -m mypack/pack.manifest -p house.pub   # 用 minisign 核对`,
		RunE: func(_ *cobra.Command, args []string) error { return f.run(c, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.key, "key", "", "minisign 私钥文件（必填）")
	flags.StringVar(&f.passwordFile, "password-file", "", "从文件读取私钥口令（第一行）")
	return cmd
}

func (f *signFlags) run(c console, args []string) error {
	if f.key == "" {
		return errors.New("--key: want the file of a minisign secret key")
	}
	dirs, err := packFolders(args)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(f.key)
	if err != nil {
		return fmt.Errorf("--key: %w", readable(err))
	}
	key, err := sign.ReadSecretKey(data, func() (string, error) { return f.password(c, "私钥口令：") })
	if err != nil {
		return fmt.Errorf("--key: %s: %w", f.key, plainSign(err))
	}
	failed := false
	for _, dir := range dirs {
		files, err := lexicon.ReadFiles(lexicon.Folder(dir)) // what is tested is what is signed
		if err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		ok, err := runCases(c, dir, files)
		if err != nil {
			return err
		}
		if !ok {
			failed = true
			continue
		}
		if err := signFolder(dir, files, key); err != nil {
			return fmt.Errorf("%s: %w", dir, plainSign(err))
		}
		id, version, err := files.Identity()
		if err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		fmt.Fprintf(c.out, "%s：已签名，%s %s，%d 个文件，密钥 %s，摘要 %s。\n",
			dir, id, version, len(files.Names()), key.Public().ID(), files.Digest())
	}
	if failed {
		return errPack
	}
	return nil
}

// signFolder writes the files of a signature. Between the two, a reader finds
// a signature that does not fit, and waits.
func signFolder(dir string, files *lexicon.Files, key sign.SecretKey) error {
	manifest, signature, err := sign.Sign(files, key)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(dir, lexicon.ManifestFile), manifest, 0o644); err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(dir, lexicon.SignatureFile), signature, 0o644)
}

// password reads the first line of --password-file, or asks on a terminal.
func (f *signFlags) password(c console, prompt string) (string, error) {
	if f.passwordFile != "" {
		data, err := os.ReadFile(f.passwordFile)
		if err != nil {
			return "", fmt.Errorf("--password-file: %w", readable(err))
		}
		line, _, _ := strings.Cut(string(data), "\n")
		return strings.TrimSuffix(line, "\r"), nil
	}
	in, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return "", errors.New("the key is encrypted and there is no terminal to ask for its password: use --password-file")
	}
	fmt.Fprint(c.err, prompt)
	word, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(c.err)
	return string(word), err
}

// newLexiconCheckSignatureCommand says whether packs would be accepted.
func newLexiconCheckSignatureCommand(c console) *cobra.Command {
	var f signatureFlags
	cmd := &cobra.Command{
		Use:   "check-signature [PACK…] --require-signature KEY",
		Short: "核对词库的签名",
		Long: `核对词库的签名：未签名、由别的密钥签名、签名后有改动（增、删、改、截断）、
版本比 --signature-ledger 的记录更旧的词库都会被拒绝，并说明原因。只核对，不写入记录。

退出码：0 全部可信；2 用法错误或文件无法读取；3 有词库不可信。`,
		RunE: func(_ *cobra.Command, args []string) error {
			dirs, err := packFolders(args)
			if err != nil {
				return err
			}
			if len(f.keys) == 0 {
				return errors.New("--require-signature: want the public key that the packs must be signed with")
			}
			policy, err := f.policy()
			if err != nil {
				return err
			}
			refused := false
			for _, dir := range dirs {
				files, err := sign.Open(lexicon.Folder(dir), policy)
				if err != nil {
					refused = true
					fmt.Fprintf(c.out, "%s：不可信：%v\n", dir, plainSign(err))
					continue
				}
				id, version, err := files.Identity()
				if err != nil {
					return fmt.Errorf("%s: %w", dir, err)
				}
				fmt.Fprintf(c.out, "%s：可信，%s %s，摘要 %s。\n", dir, id, version, files.Digest())
			}
			if refused {
				return errPack
			}
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	f.add(cmd)
	return cmd
}

// newLexiconKeygenCommand makes a pair of keys.
func newLexiconKeygenCommand(c console) *cobra.Command {
	var f signFlags
	plain := false
	cmd := &cobra.Command{
		Use:   "keygen NAME",
		Short: "生成签名密钥：NAME.key（私钥）与 NAME.pub（公钥）",
		Long: `生成一对 minisign 密钥：NAME.key 为私钥，只留给发布词库的人；NAME.pub 为公钥，
交给使用词库的程序（--require-signature）。私钥用口令加密；已有的文件不会被覆盖。`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			word := ""
			if !plain {
				var err error
				if word, err = f.password(c, "设置私钥口令："); err != nil {
					return errors.New("no terminal to ask for a password: use --password-file, or --no-password for a key that its file alone protects")
				}
				if word == "" {
					return errors.New("the password is empty: use --no-password for a key that its file alone protects")
				}
			}
			if !plain && f.passwordFile == "" {
				again, err := f.password(c, "再次输入口令：")
				if err != nil {
					return err
				}
				if again != word {
					return errors.New("the two passwords are not the same")
				}
			}
			return keygen(c, args[0], word)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.passwordFile, "password-file", "", "从文件读取口令（第一行）")
	flags.BoolVar(&plain, "no-password", false, "私钥不加密：得到文件即可签名")
	return cmd
}

func keygen(c console, name, password string) error {
	secret, public, err := sign.GenerateKey()
	if err != nil {
		return err
	}
	file, err := secret.File(password)
	if err != nil {
		return err
	}
	if err := createFile(name+".key", file, 0o600); err != nil {
		return err
	}
	if err := createFile(name+".pub", public.File(), 0o644); err != nil {
		return errors.Join(err, os.Remove(name+".key"))
	}
	fmt.Fprintf(c.out, "已生成 %s.key 与 %s.pub。公钥：\n%s\n", name, name, public)
	return nil
}

// createFile writes a file that must not be there yet.
func createFile(path string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return readable(err)
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
