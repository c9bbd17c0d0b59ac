"""What TAB offers in bash, zsh and fish: the words at the cursor, the values of each option, the shells' scripts."""
