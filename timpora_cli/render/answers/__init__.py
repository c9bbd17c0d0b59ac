"""What each command answers with: its columns, declared once, and the sentences that stand around them."""
