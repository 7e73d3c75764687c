"""What a buyer or anybody finds wrong after delivery: traced to its makers, put right, closed with a reason."""
