"""Reports of sites and messages: filed, walked by officers under the two-person rule, guarded, listed, appealed."""
