private import KMeansCOpenBLAS

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// What OpenBLAS says of itself, and how a program gets the best of its cores.
///
/// OpenBLAS chooses the kernels for the processor when it is loaded, by a list of the processors that
/// were known when it was made. Version 0.3.21 (Debian 12) does not know AMD's Zen 5 and takes its
/// AVX2 kernels, about half as fast there as its AVX-512 ones. The environment variable
/// `OPENBLAS_CORETYPE` overrules the choice, but only before the process starts.
public enum OpenBLAS {
  /// The version and the options it was built with.
  public static var configuration: String {
    let text = String(cString: openblas_get_config())
    return text.last == " " ? String(text.dropLast()) : text
  }

  /// The name of the kernels that were chosen.
  public static var coreName: String { String(cString: openblas_get_corename()) }

  /// The kernels that would serve this processor better than the chosen ones, if there are such.
  ///
  /// - Parameter hasAVX512: whether the processor has AVX-512 (F, BW, CD, DQ, VL).
  public static func betterCore(hasAVX512: Bool) -> String? {
    let chosenForAVX2 = ["Haswell", "Zen", "Prescott", "Sandybridge"].contains(coreName)
    return hasAVX512 && chosenForAVX2 ? "SkylakeX" : nil
  }

  /// Starts the program again, in the same process, with `OPENBLAS_CORETYPE` set to a better core.
  ///
  /// For the first line of a program: nothing that was done before survives. Does nothing where the
  /// user has set `OPENBLAS_CORETYPE`, where the choice is right, or where the system cannot.
  public static func restartWithBetterCore(hasAVX512: Bool) {
    #if os(Linux)
      guard getenv("OPENBLAS_CORETYPE") == nil, let core = betterCore(hasAVX512: hasAVX512) else {
        return
      }
      setenv("OPENBLAS_CORETYPE", core, 1)
      execv("/proc/self/exe", CommandLine.unsafeArgv)
      // Still here: the restart failed, and the slower kernels are right all the same.
      unsetenv("OPENBLAS_CORETYPE")
    #endif
  }
}
