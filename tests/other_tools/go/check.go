// Reads cases as JSON on standard input; prints, for each, whether golang.org/x/mod accepts it.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run check.go < cases.json
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type testCase struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Vkey     string   `json:"vkey"`
	Envelope string   `json:"envelope"`
	Index    int64    `json:"index"`
	Hashes   []string `json:"hashes"`
	Entry    string   `json:"entry"`
	OldSize  int64    `json:"old_size"`
	OldRoot  string   `json:"old_root"`
	Size     int64    `json:"size"`
	Root     string   `json:"root"`
}

func raw(text string) []byte {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		log.Fatal(err)
	}
	return data
}

func hash(text string) (h tlog.Hash) {
	copy(h[:], raw(text))
	return h
}

func hashes(texts []string) (found []tlog.Hash) {
	for _, text := range texts {
		found = append(found, hash(text))
	}
	return found
}

// A cosigner signs a line with the time before the note's text; x/mod has no such verifier.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(sig)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", seconds, text)
	return ed25519.Verify(c.key, []byte(message), sig[8:])
}

func newCosigner(vkey string) cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	var id uint32
	if _, err := fmt.Sscanf(parts[1], "%08x", &id); err != nil {
		log.Fatal(err)
	}
	return cosigner{parts[0], id, ed25519.PublicKey(raw(parts[2])[1:])}
}

func opened(envelope string, by note.Verifier) (size int64, root tlog.Hash, ok bool) {
	found, err := note.Open([]byte(envelope), note.VerifierList(by))
	if err != nil {
		return 0, root, false
	}
	lines := strings.Split(found.Text, "\n")
	if len(lines) != 4 || lines[0] == "" {
		return 0, root, false
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &size); err != nil {
		return 0, root, false
	}
	return size, hash(lines[2]), true
}

func accepts(one testCase) bool {
	switch one.Kind {
	case "inclusion":
		verifier, err := note.NewVerifier(one.Vkey)
		if err != nil {
			return false
		}
		size, root, ok := opened(one.Envelope, verifier)
		leaf := tlog.RecordHash(raw(one.Entry))
		return ok && tlog.CheckRecord(hashes(one.Hashes), size, root, one.Index, leaf) == nil
	case "consistency":
		old, root := hash(one.OldRoot), hash(one.Root)
		return tlog.CheckTree(hashes(one.Hashes), one.Size, root, one.OldSize, old) == nil
	case "cosignature":
		_, _, ok := opened(one.Envelope, newCosigner(one.Vkey))
		return ok
	}
	log.Fatalf("unknown kind %q", one.Kind)
	return false
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		log.Fatal(err)
	}
	found := map[string]bool{}
	for _, one := range cases {
		found[one.Name] = accepts(one)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}
