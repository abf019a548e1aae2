/** Bytes of a mebibyte: sizes are in MiB in Terraform and in bytes on the daemon. */
export const MEBIBYTE = 1024 * 1024;
