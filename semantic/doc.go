// Package semantic judges passages that hold no listed word but may mean harm
// as a whole: 缺钱的来，有手机卡的联系我，日结. It is automatic detection for
// human review and never more: what it finds asks an editor to read.
//
// # How a text is judged
//
// A text is cut into windows of up to three sentences. A window is the set of its
// character n-grams (one to four, folded as the matcher folds, hashed to 32
// bits), of its words and pairs of words as gse divides it, of what the scanner already knows there (the [Signal]s: terms found,
// noted or vetoed, recognised contacts and data) and of a few turns of phrase
// (amounts, promises of income, calls to get in touch, warnings, official
// tone). Each category has a linear model over these features; the score is
// turned into a probability, and a score at or above the category's threshold
// is a [Judgement]: category, probability, the window and the reasons that
// weighed most.
//
// Nearly all windows of ordinary text never come that far. A gate, one signed
// byte for each pair of neighbouring characters, is summed while windows are
// cut; those below its threshold are dropped. The gate is learned with the
// model, and its threshold keeps 99 % of what the model would find. Words cost
// most and are looked at last, where the rest leaves the decision open.
//
// # How a model is learned
//
// [Train] fits one category against the rest by FTRL-Proximal (McMahan et al.,
// Ad Click Prediction, KDD 2013), adds a model of all harmful rows against the
// harmless ones, calibrates probabilities by Platt's method on rows that were
// held out, and there chooses thresholds for a stated share of false findings.
// The same rows, in any order, give the same bytes on every machine.
// [LeaveOneSourceOut] and [CrossValidate] tell how well it does on what it has
// not seen, [Measured] sums that up.
//
// # Models
//
// A [Model] is a file of at most two megabytes with a version and a checksum
// ([Model.File], [Read]). [Default] is the starter model, learned from the rows
// in the folder data, which were written for this project. A pack may bring its
// own as semantic.model; it is signed and reloaded with the pack.
//
// A Model is safe for concurrent use, a [Stream] is not. A Stream gives the
// judgements that [Model.FindAll] gives of the whole, whatever the chunks.
package semantic
