// Package recognize finds what no list can name: identity numbers, bank cards,
// telephone numbers, addresses and other personal data, secrecy marks, document
// numbers, and the lines that say where a text comes from.
//
//	r, err := recognize.New(recognize.Options{Published: []string{"0311-60000000", "@example.cn"}})
//	if err != nil {
//		return err
//	}
//	for _, s := range r.FindAll("联系人：张某，138 0013 8000") {
//		fmt.Println(s.Kind, s.Start, s.End, s.Value, s.Masked()) // mobile 21 34 13800138000 138 **** 8000
//	}
//
// # Terminology
//
//   - A kind says what was recognised; [Kinds] is the table of them, with
//     what a finding of each kind means.
//   - A span is one place of a text: byte offsets into the caller's own text,
//     from the first to the last character of what was recognised, with all
//     separators and disguises in between.
//   - The value of a span is what it says in its plain form: 13800138000 for
//     １３８-００１３-８０００.
//   - To fold is to undo width, case, style, script variant and look-alike
//     letters, one character at a time. Everything is read folded.
//   - A trigger is a character that can give a span away: the first digit of
//     a number, the 原 of 原标题. Only there does anybody look closer.
//   - A context word is one whose presence in the same line speaks for a kind.
//
// # Kinds
//
// Personal data (from [ResidentID] to [Link]) never overlap: the kind with the
// stronger check takes the characters, in the order identity number, credit
// code, bank card, passport and permits, mobile, landline. A [NameList] is the
// row in which other data stand. Marks ([SecretMark] to [Urgency]) and
// statements ([DocumentNumber] to [Reviewer]) may overlap anything.
//
// A masked number (138****8000) is none.
//
// # Confidence
//
// A number that passes a strong check is believed by itself. One whose form is
// common among other numbers is believed by itself a little, and more where a
// context word stands near; see [Weak]. Disguises lower it, as they do in
// package matcher, and are listed in [Span.Channels].
//
// # Published contacts
//
// Spans that are on the caller's list, or public hotlines, are returned with
// the note [Allowed]. Nothing is left out, so that a caller can show it.
//
// # Streams
//
// [Recognizer.NewStream] reads a text in chunks. Any chunking gives the spans
// of the whole, in the same order. [Buffered] bounds its memory.
//
// # How it works
//
// One pass folds the text through a table and notes the triggers. At each
// trigger small parsers look at most 160 characters back and 224 ahead, in the
// same line but for few, so time is linear in the text, whatever it holds, and
// a decision does not depend on how the text arrived.
//
// # Sources
//
// GB 11643-1999 (identity numbers, with the 2023 circular of the National
// Immigration Administration for foreigners), GB 32100-2015 and GB 11714-1997
// (credit codes), ISO/IEC 7812 (cards), GA 36-2018 (plates), GB/T 9704-2012
// (document numbers, classification marks), the numbering plan of the Ministry
// of Industry and Information Technology (telephone numbers).
//
// # Security considerations
//
// [Span.Text] and [Span.Value] of masked kinds are personal data: reports show
// [Span.Masked]. Errors quote options only, never a text. A determined writer
// can always hide a number from any algorithm; what is read through is listed
// at the kinds' tests.
package recognize
