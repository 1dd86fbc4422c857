package main

import (
	"fmt"
	"math"
	"strings"
)

// Measures of the plot, in pixels.
const (
	plotWidth, plotHeight   = 860, 460
	plotLeft, plotRight     = 60, 270 // the legend is on the right
	plotTop, plotBottom     = 30, 50
	legendLine, swatch, gap = 19, 18, 6
)

// colours of the lines; ours come first and are thicker.
var colours = []string{"#c0392b", "#e67e22", "#f1c40f", "#8e44ad", "#2c3e50", "#2980b9", "#16a085", "#27ae60", "#7f8c8d", "#d35400", "#34495e", "#1abc9c", "#9b59b6", "#95a5a6", "#e84393", "#6c5ce7", "#00b894"}

// plot draws throughput over the size of the lexicon on sparse texts, both on
// a logarithmic scale.
func plot(r *results) string {
	low, high := math.Inf(1), 0.0
	var sizes []int
	for i := range r.Cases {
		c := &r.Cases[i]
		if c.Hits == "dense" || c.Hits == "hostile" {
			continue
		}
		sizes = append(sizes, c.Terms)
		for k := range c.Measured {
			if m := &c.Measured[k]; m.Group == "" && len(m.Rounds) > 0 {
				low, high = min(low, m.rate(c.Bytes)), max(high, m.rate(c.Bytes))
			}
		}
	}
	if len(sizes) == 0 {
		return ""
	}
	bottom, top := math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	first, last := math.Log10(float64(sizes[0])), math.Log10(float64(sizes[len(sizes)-1]))
	x := func(terms int) float64 {
		if first == last {
			return plotLeft
		}
		return plotLeft + (math.Log10(float64(terms))-first)/(last-first)*(plotWidth-plotLeft-plotRight)
	}
	y := func(rate float64) float64 {
		return plotTop + (top-math.Log10(rate))/max(1, top-bottom)*(plotHeight-plotTop-plotBottom)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<text x="%d" y="18">MB/s on one core, one hit in 10 KB, by number of terms</text>`+"\n", plotLeft)
	for p := bottom; p <= top; p++ {
		for _, f := range []float64{1, 2, 5} {
			rate := f * math.Pow(10, p)
			if p == top && f > 1 {
				break
			}
			fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%.0f</text>`+"\n",
				plotLeft, plotWidth-plotRight, y(rate), y(rate), plotLeft-gap, y(rate)+4, rate)
		}
	}
	for _, n := range sizes {
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n",
			x(n), x(n), plotTop, plotHeight-plotBottom, x(n), plotHeight-plotBottom+20, n)
	}
	for i, e := range contenders(r) {
		colour, width := colours[i%len(colours)], 1.5
		if strings.Contains(e.ID, "/") { // ours
			width = 3
		}
		var points []string
		for k := range r.Cases {
			c := &r.Cases[k]
			if m := c.find("", e.ID); m != nil && c.Hits != "dense" && c.Hits != "hostile" {
				at := fmt.Sprintf("%.1f,%.1f", x(c.Terms), y(m.rate(c.Bytes)))
				points = append(points, at)
				fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x(c.Terms), y(m.rate(c.Bytes)), colour)
			}
		}
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="%.1f"/>`+"\n", strings.Join(points, " "), colour, width)
		at := plotTop + 10 + i*legendLine
		left := plotWidth - plotRight + 20
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="4" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n",
			left, at-6, swatch, colour, left+swatch+gap, at, escape.Replace(e.Title))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
