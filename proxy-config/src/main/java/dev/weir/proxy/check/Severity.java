package dev.weir.proxy.check;

/** How bad a finding is. */
public enum Severity {
    /** It will break at the stated demand. */
    ERROR,
    /** It may break, or hides why something broke. */
    WARNING
}
