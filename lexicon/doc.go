// Package lexicon holds the terms that a draft is checked for: the twelve
// categories, the format of term packs, and the reader that finds everything
// that is wrong with a pack at once.
//
// # Terminology
//
//   - A term is one word or phrase to be found: a row of a terms file, an
//     [Entry] once it is read.
//   - A category says what kind of thing a term is about. There are twelve, see
//     [Categories]; a pack may make its own, which begins with x_. A label is a
//     sub-category.
//   - A pack is a folder of terms with an id, a version and an owner, a [Pack]
//     once it is read.
//   - An allow-phrase protects its text: 根治欠薪 keeps 根治 from being found in it.
//   - A candidate is a place where a text agrees with a term. A veto is the
//     reason why a candidate is not a finding: segmentation, an allow-phrase, a
//     context word, a date.
//   - A channel is one named way in which a text can differ from a term and
//     still mean it.
//
// # A pack
//
// A pack is a folder:
//
//	mypack/
//	  pack.yaml       id, version, owner; what holds for a whole category
//	  terms/*.csv     one row a term
//	  terms/*.txt     one line a term
//	  allow.csv       phrases that protect their text
//	  symbols.csv     pictures and signs that are put for words
//	  cases.yaml      sentences in which something must, or must not, be found
//
// Only pack.yaml has to be there. [ReadPack] reads a pack from any [fs.FS], a
// folder on disk with [Folder]; the example shows a small one. Every file is
// UTF-8; a byte order mark and CRLF are accepted. README, LICENSE and NOTICE
// files and hidden files are nobody's business; any other file that is not read
// is a problem of [LevelLint], because somebody may think that it is. Folders
// inside terms are an error for the same reason.
//
// pack.yaml, of which id and version are required:
//
//	id: union-office            # a to z, then a to z, 0 to 9, _ and -
//	version: 1.4.0              # three numbers
//	title: 总工会用语
//	owner: 宣传部
//	licence: CC0-1.0
//	updated: 2026-03-02
//	categories:                 # for rows that do not say otherwise
//	  gambling_fraud: {severity: error, action: block, match: substring, channels: -repeat}
//	  x_slogans: {lower: 旧稿|样稿}  # near these words a term is only noted; none for no word
//	files:                      # terms files that are not named for a category
//	  terms/2026-additions.txt: gambling_fraud
//
// terms/*.csv is comma-separated (RFC 4180) with a header row; lines that begin
// with # are comments, so a first cell that does is written "#1". Columns stand
// in any order, and only term is required:
//
//	term         the term; nothing invisible at its ends
//	category     required unless the file is named for it, as terms/minors.csv is,
//	             or is listed under files in pack.yaml
//	label        a label of the category
//	severity     error, warning or notice
//	action       block, review or note
//	match        substring, word, exact or whole; see MatchMode
//	channels     default, or names with signs: +numeral -noise
//	suggest      what to write instead
//	context      words with | between them: one of them must stand near the term;
//	             groups of words with & between them, blanks beside it: one word of
//	             each, as in 加我|私聊 & 日结|兼职
//	unless       words with | between them: none of them may stand near the term
//	window       what near is, in characters each side; empty or 0 is the same sentence
//	lower        words near which the term is only noted, in place of the category's;
//	             none for no word
//	fields       fields of the document with | between them: title|images.alt
//	valid_from   first day on which the term counts, YYYY-MM-DD
//	valid_to     last day on which it counts
//	basis        the law or standard behind the term
//	note         for editors
//
// A term may have several rows: under different labels, and with different
// contexts under one, for what it means in each of them.
//
// A .txt file has a term a line; empty lines and lines that begin with # are
// skipped. Its category comes from its name or from pack.yaml.
//
// allow.csv has the columns phrase, scope and note. A scope is all (as is an
// empty cell), a category, category/label, or term: and a term.
//
// symbols.csv has the columns symbol, words and note: a picture or sign, and the words
// of one to four Chinese characters, with | between them, that it is put for. Terms of
// the lexicon, of whatever pack, are then read through it by the channel emoji.
//
// cases.yaml has two lists, must_hit and must_pass. An item has a text, the
// category and the term of the finding, and needs for what else the case
// depends on, a name or a list of names. A must_hit item has to name the
// category:
//
//	must_hit:
//	  - {category: gambling_fraud, term: 稳赚不赔, text: 跟着老师操作，稳赚不赔}
//	must_pass:
//	  - {category: gambling_fraud, text: 他与自己赌气，埋头钻研技术。}
//
// # Problems
//
// ReadPack reports every fault of every file in one go, as [Problems]: what is
// wrong, what was found, what is wanted, and where, down to the cell.
//
//	lexicon: terms/minors.csv:12:5: unknown severity "eror", want error, warning or notice
//	lexicon: terms/minors.csv:14:1: duplicate entry "逃课", first at terms/minors.csv:3:1
//	lexicon: terms/minors.csv:20:1: lint: one-character term "赌" hits inside ordinary words
//
// A pack with an error does not load. A pack with lint does; see Pack.Lint.
// [Lint] looks further: for terms that add nothing or are never found, everyday
// words, contexts that cannot hold, and the cases. A problem has a code for
// programs ([Problem.Code]), and a message for editors in English and in
// Chinese ([Problem.Chinese]).
//
// # Finding terms
//
// [Compile] makes a [Lexicon] of packs and runs their cases: a pack whose
// cases fail does not load. [Lexicon.FindAll] returns every place where a term
// stands as a [Hit], the vetoed ones too, and [Lexicon.NewStream] does so for
// a text in chunks. A candidate is judged in this order; the first thing that
// speaks against it decides:
//
//   - date: the term does not count on the day of publication;
//   - allow: an allow-phrase of its scope overlaps the candidate, in any
//     alignment, and is at least as long. The right form of a term (suggest)
//     is one if it holds the term: 中华全国总工会 for 全国总工会;
//   - unless: an excusing word stands near;
//   - context: of a group of words that the term asks for none stands near;
//   - lower: in the sentence stand words that warn of the thing (警惕, 反诈,
//     打击 …), teach what a mark means, or, for a dated term, speak of a time
//     when the name was right (时任, 原, a year before valid_from). Such a hit is
//     lowered to a note, not vetoed, since anybody can write those words. Only
//     plainly written terms: who warns of something does not disguise it. The
//     words are the category's, unless pack.yaml or the row has its own. So is a
//     term with a right form (suggest) in a sentence about wording: 应为, 误写;
//   - ordinary: the term is not written but only sounds or looks like what is there
//     (see [matcher.Disguises]), and the place reads as ordinary language: 读博 for
//     赌博. The words of the clause and what stands around it are weighed in bits;
//     disguise.go has the numbers with their reasons. Categories whose terms people
//     disguise are looked for so by default, the others where a row asks, as do
//     words of one or two characters that need a context;
//   - segmentation, only for terms in mode word that are written plainly: the
//     words of the clause cut the candidate, as in 一次性|交付. A weak cut
//     lowers the hit to a note instead. Disguised text is not ordinary
//     language, so its words are no witnesses.
//
// What stands is a finding once: a hit inside a longer one of its category that
// weighs as much is covered by it, and so is a combination (a context of more
// than one group) in a sentence where a hit of its category stands before it.
//
// A row that does not say a mode gets one by its term: word for one to three
// Han characters, else substring; letters and digits at an end of a term must
// not go on beside it, so that TMD is not found in TMDX. Mode substring asks for
// no boundary at all, exact for no channel.
//
// # Security considerations
//
// Judging looks at most 512 bytes to each side of a candidate, so that it costs
// the same in every text.
//
// A pack is input. Its size is limited ([MaxTerms] and the other limits); YAML
// anchors and aliases, which can blow up a small file, are refused; no file
// outside the pack's folder is named or opened by it. Messages quote entries
// of the pack, never a text that is scanned.
package lexicon
