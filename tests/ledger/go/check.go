// Verdicts of Go's own verifiers (golang.org/x/mod/sumdb), one line of JSON in, one word out.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type task struct {
	Kind           string
	Old, New       int64
	OldHash, Root  string
	Proof          []string
	Note, Verifier string
}

func hash(text string) (made tlog.Hash, ok bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) != tlog.HashSize {
		return made, false
	}
	copy(made[:], data)
	return made, true
}

func verdict(one task) bool {
	if one.Kind == "note" {
		verifier, err := note.NewVerifier(one.Verifier)
		if err != nil {
			return false
		}
		_, err = note.Open([]byte(one.Note), note.VerifierList(verifier))
		return err == nil
	}
	root, ok := hash(one.Root)
	old, ok2 := hash(one.OldHash)
	proof := make([]tlog.Hash, len(one.Proof))
	for i, text := range one.Proof {
		step, ok3 := hash(text)
		ok2 = ok2 && ok3
		proof[i] = step
	}
	if !ok || !ok2 {
		return false
	}
	if one.Kind == "inclusion" {
		return tlog.CheckRecord(proof, one.New, root, one.Old, old) == nil
	}
	return tlog.CheckTree(proof, one.New, root, one.Old, old) == nil
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one task
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			panic(err)
		}
		fmt.Println(verdict(one))
	}
}
