"""What every page shares: guards, base form, errors, language, headers, assets."""
