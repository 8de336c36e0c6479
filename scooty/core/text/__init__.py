"""What the replies of all features share: style, numbers, custom ids, problems, cards."""
