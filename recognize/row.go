package recognize

// row is what is known of the row of a list that is being read.
type row struct{}

func (r *row) shift(int) {}
