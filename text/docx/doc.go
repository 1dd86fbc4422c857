// Package docx reads the text of a Word document (.docx, ECMA-376 part 1), so
// that it can be checked:
//
//	text, err := docx.Text(data)
//
// A paragraph is a line, as are the cells of a table, in the order in which they
// are read; a line break and a tab are themselves. Footnotes and endnotes follow
// the body. What was deleted under revision is left out, what was inserted is
// there, and so are hidden text and the text of boxes: what stands in the file
// goes out with it. Pictures, comments, headers and footers are not read.
//
// It reads with the archive and XML packages of Go rather than with a library
// of office documents: nothing but text is wanted, and a document that arrives
// from elsewhere must not be trusted with memory. [MaxText] bounds what is
// unpacked, whatever the archive says of itself.
//
// Positions of findings are those in the text, not in the file.
package docx
