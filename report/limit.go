package report

import (
	"strconv"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

var limitsChinese = map[review.LimitName]string{
	review.LimitFindings: "只列出{max}处发现，共{got}处",
	review.LimitVetoed:   "只列出{max}个未采信的候选，共{got}个",
	review.LimitRule:     "规则 {rule} 的发现已有{max}处，不再增列",
	review.LimitNesting:  "{field}：元素嵌套超过{max}层，更深的视同外层",
	review.LimitMarkdown: "{field}：超过{max}字节，未解析 Markdown 标记",
	review.LimitMarkup:   "{field}：超过{max}字节，按纯文本检查",
}

var limitsEnglish = map[review.LimitName]string{
	review.LimitFindings: "only {max} findings of {got} are listed",
	review.LimitVetoed:   "only {max} vetoed candidates of {got} are listed",
	review.LimitRule:     "there are {max} findings of the rule {rule}, more are not listed",
	review.LimitNesting:  "{field}: more than {max} elements inside each other, deeper ones count as what is around them",
	review.LimitMarkdown: "{field}: more than {max} bytes, read with the punctuation of Markdown",
	review.LimitMarkup:   "{field}: more than {max} bytes, read as plain text",
}

// limit says to people which limit a check reached.
func (v *vocabulary) limit(l review.Limit) string {
	form, ok := v.limits[l.Name]
	if !ok {
		form = printable(string(l.Name)) + " {field} {rule} {max}"
	}
	return strings.NewReplacer("{field}", printable(l.Field), "{rule}", printable(l.Rule),
		"{max}", strconv.FormatInt(l.Max, 10), "{got}", strconv.FormatInt(l.Got, 10)).Replace(form)
}

// limitsOf says which limits a check reached, a line each.
func (v *vocabulary) limitsOf(r *review.Report) (lines []string) {
	for _, l := range r.Limits {
		lines = append(lines, v.reached+v.limit(l))
	}
	return lines
}
