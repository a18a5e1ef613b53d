"""Trees of organisations: provinces, blocks, communes, departments; codes are the keys, names are not."""
