package text

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	mdtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parser of goldmark is linear for what people write and quadratic for some of what attackers write: 40 KB of `>`
// took it 2.7 s, 40 KB of `[a](` 1.3 s, 80 KB of `*a_ ` 3.2 s, and a table of 12 KB 1.2 s (goldmark 1.8.7 on a busy
// machine; twice the text takes four times as long). Each of its parts that is, is wrapped here and stops to recognise
// its punctuation at a limit; the punctuation is then text like any other. The limits hold for one block, so that a text that reaches one loses
// nothing anywhere else, and they are far above what drafts have.
const (
	maxNesting     = 32   // quotations, lists and footnotes within each other
	maxLinks       = 128  // opening brackets in one block
	maxDelimiters  = 512  // runs of * _ ~ in one block
	maxBackticks   = 32   // length of the fence of a code span
	maxDefinitions = 2048 // lines of a paragraph that may define links
	maxLabel       = 999  // bytes in the name of a footnote, as CommonMark has it for links
	maxBlankLines  = 16   // in a row within a list
	// A table may have as many cells as the paragraph has bytes, and this many more: a short row is filled up.
	maxEmptyCells = 256
)

// parseMarkdown returns the tree of a text, or nil if the parser gave up on it.
func parseMarkdown(src []byte) (root ast.Node) {
	// The parser is not ours and its input is hostile: a text on which it panics is shown unparsed.
	defer func() {
		if recover() != nil {
			root = nil
		}
	}()
	return markdownParser().Parse(mdtext.NewReader(src))
}

// markdownParser is goldmark with the extensions named in [Markdown], in the order that they ask for. Left out are
// those that change nothing that a reader sees, or hide something: bare addresses are text in any case; footnotes
// stay where they stand, also those that nothing refers to.
var markdownParser = sync.OnceValue(func() parser.Parser {
	link := parser.NewLinkParser()
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(nested{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(nested{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnotes{nested{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(footnoteReferences{}, 101),
			util.Prioritized(links{counted{link, openBrackets, maxLinks}, link.(parser.CloseBlocker)}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(counted{parser.NewEmphasisParser(), delimiters, maxDelimiters}, 500),
			util.Prioritized(counted{extension.NewStrikethroughParser(), delimiters, maxDelimiters}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(table{extension.NewTableParagraphTransformer()}, 200),
		),
	)
})

var (
	footnoteLabels = parser.NewContextKey()
	openBrackets   = parser.NewContextKey()
	delimiters     = parser.NewContextKey()
	blankLines     = parser.NewContextKey()
)

// A tally counts what a block has had of something.
type tally struct {
	block ast.Node
	n     int
}

// nested limits the depth of the blocks that hold blocks.
type nested struct{ parser.BlockParser }

func (p nested) Open(parent ast.Node, r mdtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxNesting {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

// Continue ends a list at a long run of blank lines, each of which costs as much as the list is deep.
func (p nested) Continue(n ast.Node, r mdtext.Reader, pc parser.Context) parser.State {
	if line, _ := r.PeekLine(); util.IsBlank(line) {
		run := pc.ComputeIfAbsent(blankLines, func() any { return new(blankRun) }).(*blankRun)
		if at, _ := r.Position(); at != run.line {
			if at != run.line+1 {
				run.n = 0
			}
			run.line = at
			run.n++
		}
		if run.n > maxBlankLines {
			return parser.Close
		}
	}
	return p.BlockParser.Continue(n, r, pc)
}

// A blankRun is a run of blank lines: how many, and the number of the last.
type blankRun struct{ line, n int }

// footnotes leaves footnotes where they are. What goldmark does, to collect them in the order of the references, takes
// time quadratic in their number and loses those within others.
type footnotes struct{ nested }

func (p footnotes) Open(parent ast.Node, r mdtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.nested.Open(parent, r, pc)
	if note, ok := n.(*extast.Footnote); ok {
		labels := pc.ComputeIfAbsent(footnoteLabels, func() any { return map[string]bool{} }).(map[string]bool)
		labels[string(note.Ref)] = true
	}
	return n, state
}

func (footnotes) Close(ast.Node, mdtext.Reader, parser.Context) {}

// footnoteReferences reads past the references to footnotes.
type footnoteReferences struct{}

func (footnoteReferences) Trigger() []byte { return []byte("[") }

func (footnoteReferences) Parse(_ ast.Node, block mdtext.Reader, pc parser.Context) ast.Node {
	labels, _ := pc.Get(footnoteLabels).(map[string]bool)
	line, _ := block.PeekLine()
	if labels == nil || len(line) < len("[^]") || line[1] != '^' {
		return nil
	}
	label := line[2:min(len(line), 2+maxLabel)]
	end := bytes.IndexAny(label, "[]")
	if end < 0 || label[end] != ']' || !labels[string(label[:end])] {
		return nil
	}
	block.Advance(2 + end + 1)
	return extast.NewFootnoteLink(0)
}

// counted limits how often an inline parser is asked in one block.
type counted struct {
	parser.InlineParser
	key  parser.ContextKey
	most int
}

func (p counted) Parse(parent ast.Node, block mdtext.Reader, pc parser.Context) ast.Node {
	t := pc.ComputeIfAbsent(p.key, func() any { return new(tally) }).(*tally)
	if t.block != parent {
		*t = tally{block: parent}
	}
	if t.n++; t.n > p.most {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// links counts opening brackets only: each closing one uses up an opening one.
type links struct {
	counted
	parser.CloseBlocker
}

func (p links) Parse(parent ast.Node, block mdtext.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if line[0] == '[' || line[0] == '!' && len(line) > 1 && line[1] == '[' {
		return p.counted.Parse(parent, block, pc)
	}
	return p.counted.InlineParser.Parse(parent, block, pc)
}

// codeSpans limits the length of fences. Each length that has no closing fence costs a search to the end of the block.
type codeSpans struct{ parser.InlineParser }

func (p codeSpans) Parse(parent ast.Node, block mdtext.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '`' {
		n++
	}
	if n > maxBackticks {
		block.Advance(n)
		return ast.NewTextSegment(segment.WithStop(segment.Start + n))
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// definitions limits the paragraphs that are searched for definitions of links.
type definitions struct{ parser.ParagraphTransformer }

func (p definitions) Transform(n *ast.Paragraph, r mdtext.Reader, pc parser.Context) {
	if n.Lines().Len() <= maxDefinitions {
		p.ParagraphTransformer.Transform(n, r, pc)
	}
}

// table limits the cells that fill up short rows.
type table struct{ parser.ParagraphTransformer }

func (p table) Transform(n *ast.Paragraph, r mdtext.Reader, pc parser.Context) {
	size, columns := 0, 0
	lines := n.Lines()
	for i := range lines.Len() {
		line := r.Value(lines.At(i))
		size += len(line)
		columns = max(columns, bytes.Count(line, []byte("|"))+1)
	}
	if columns*lines.Len() <= size+maxEmptyCells {
		p.ParagraphTransformer.Transform(n, r, pc)
	}
}
