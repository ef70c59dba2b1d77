"""Cases of every lane: number, state, history, deadlines, owner and followers, duplicates, evidence."""
