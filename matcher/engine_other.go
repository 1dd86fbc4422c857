package matcher

func vectorEngines() []Engine { return nil }

func fastest() Engine { return Filter }
