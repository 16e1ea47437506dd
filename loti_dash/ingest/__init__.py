"""One module for each source: from a publisher's files, as downloaded, to observations."""
