"""Tags for pages that show contributions of other apps."""
