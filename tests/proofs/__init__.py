"""Long proofs (`make prove`): what the suite tries a hundred times is tried thousands of times."""
