// Package text turns what an author hands in, plain text, HTML or Markdown, into the text that a reader sees, and
// leads every part of that text back to the author's bytes.
//
// # Reading
//
// [Extract] takes a field and its [Format] and returns a [Visible]:
//
//	v := text.Extract("<p>网络赌<b>博</b></p><p hidden>草稿</p>", text.HTML)
//	fmt.Println(v.Text()) // 网络赌博
//
// Tags are gone, what is hidden is gone, and 赌博 stands together although a tag stood in it. Whoever finds it there asks
// where it came from:
//
//	start, end := v.Source(6, 12) // bytes 9 to 18 of the source: 赌<b>博
//
// The span is one of the caller's own bytes, half-open and on rune boundaries, and covers the markup in between.
// [Visible.Crosses] tells that there was some.
//
// # Terminology
//
// Text is visible if a reader gets it. A border is an empty line, "\n\n", between two blocks: paragraphs, list items,
// table cells, headings. Nothing that is one word for a reader has a border in it. A single "\n" is a line break and a
// blank is a blank; both may well stand within a word. A text is out of line if it is no part of the line in which its
// source stands, as the description of an image is: it follows at the end, with a border around it, so that it parts
// nothing: `赌<img alt="x">博` reads 赌博, border, x.
//
// # HTML
//
// Inline elements leave nothing behind, and neither do elements that are unknown. Blocks have a border on both sides,
// br is a line break, and white space collapses, but for pre and textarea, as a browser lays it out by default; an
// inline style that says display: inline or display: block is believed. Entities are decoded.
//
// Hidden are script, style, template and noscript; comments; what has the attribute hidden, type=hidden, or an inline
// style with display: none or visibility: hidden (but for the article of a saved page of an official account, which is
// sent so). Classes and style sheets are not known here, so what they hide is visible, and so is what form and select
// elements and deep nests of tags hide. Where a browser is hard to follow, this package shows what the browser would
// not, rather than the other way round.
//
// Out of line are the attributes alt, title, aria-label, placeholder, label and, of an input element, value; ruby
// annotations; what an iframe shows where there are no frames; titles and descriptions within a drawing.
//
// # Markdown
//
// Markdown is CommonMark with the tables, strikethrough and task lists of GitHub, and footnotes. Emphasis, links and code spans
// leave nothing behind: 赌**博** reads 赌博. Alternative texts and titles of images and links, and the first line of a
// fenced code block, are out of line. The destination of a link is not visible; an address that is its own text is.
// HTML within Markdown is read as above. Lines between two lines of dashes at the very start (front matter) are one
// block, shown as they are.
//
// # Comments
//
// Comments are not visible, but they are kept: [Visible.Comments] lists them, and [Visible.Block] tells which block of
// text one belongs to, so that a program can give a meaning to some.
//
// # Positions
//
// [Index] tells the line, the column, the rune and the UTF-16 unit of a byte; [Locator] does so for a stream.
//
//	text.NewIndex("一\n二三").Position(7).String() // 2:2
//
// # Security considerations
//
// Extract is linear in the size of a field, whatever it holds: elements of any depth, entities without end, unclosed tags
// (the tests are named for them). The parser for Markdown is not, so its input is limited: some quotation marks, brackets and stars
// beyond what people write remain in the text (the constants are in parse.go), and so do all of them in a Markdown text of more than 4 MiB.
//
// What a reader sees depends on style sheets, scripts and fonts as well, which this package does not know. A text that
// is drawn backwards by bdo, at size zero or in the colour of the background counts as visible, where it stands.
package text
