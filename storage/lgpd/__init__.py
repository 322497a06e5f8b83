"""One person's data: where it is, taken out, erased (LGPD, lei 13.709/2018, art. 18)."""
