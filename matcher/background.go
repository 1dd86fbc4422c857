package matcher

func frequency(a, b uint16) float64 { return 1 }
func following(a, b uint16) float64 { return 0.1 }
