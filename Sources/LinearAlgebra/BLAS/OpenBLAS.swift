private import KMeansCOpenBLAS

/// What OpenBLAS says of itself.
public enum OpenBLAS {
  /// The version and the options it was built with.
  public static var configuration: String {
    let text = String(cString: openblas_get_config())
    return text.last == " " ? String(text.dropLast()) : text
  }

  /// The name of the kernels that it chose for this processor when it was loaded, or those that the
  /// environment variable `OPENBLAS_CORETYPE` asked for.
  public static var coreName: String { String(cString: openblas_get_corename()) }
}
