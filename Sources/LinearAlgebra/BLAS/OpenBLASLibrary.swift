private import KMeansCLibrary

/// The functions of OpenBLAS that are called, as its cblas.h declares them with 32-bit integers.
///
/// OpenBLAS is loaded when the first of them is asked for: only the strategy `blas` multiplies by
/// it. A program that does not ask starts without its threads, its 30 MB, and without the library
/// itself.
struct OpenBLASLibrary: Sendable {
  typealias FloatProduct =
    @Sendable @convention(c) (
      _ order: CUnsignedInt, _ transposedA: CUnsignedInt, _ transposedB: CUnsignedInt, _ m: CInt,
      _ n: CInt, _ k: CInt, _ alpha: CFloat, UnsafePointer<CFloat>, _ lda: CInt,
      UnsafePointer<CFloat>, _ ldb: CInt, _ beta: CFloat, UnsafeMutablePointer<CFloat>,
      _ ldc: CInt
    ) -> Void
  typealias DoubleProduct =
    @Sendable @convention(c) (
      _ order: CUnsignedInt, _ transposedA: CUnsignedInt, _ transposedB: CUnsignedInt, _ m: CInt,
      _ n: CInt, _ k: CInt, _ alpha: CDouble, UnsafePointer<CDouble>, _ lda: CInt,
      UnsafePointer<CDouble>, _ ldb: CInt, _ beta: CDouble, UnsafeMutablePointer<CDouble>,
      _ ldc: CInt
    ) -> Void
  typealias FloatSquare =
    @Sendable @convention(c) (
      _ order: CUnsignedInt, _ triangle: CUnsignedInt, _ transposed: CUnsignedInt, _ n: CInt,
      _ k: CInt, _ alpha: CFloat, UnsafePointer<CFloat>, _ lda: CInt, _ beta: CFloat,
      UnsafeMutablePointer<CFloat>, _ ldc: CInt
    ) -> Void
  typealias DoubleSquare =
    @Sendable @convention(c) (
      _ order: CUnsignedInt, _ triangle: CUnsignedInt, _ transposed: CUnsignedInt, _ n: CInt,
      _ k: CInt, _ alpha: CDouble, UnsafePointer<CDouble>, _ lda: CInt, _ beta: CDouble,
      UnsafeMutablePointer<CDouble>, _ ldc: CInt
    ) -> Void
  typealias Text = @Sendable @convention(c) () -> UnsafePointer<CChar>
  typealias Count = @Sendable @convention(c) () -> CInt
  typealias SetCount = @Sendable @convention(c) (CInt) -> Void

  /// `CblasRowMajor`, `CblasNoTrans`, `CblasTrans` and `CblasUpper` of cblas.h.
  static let (rowMajor, notTransposed, transposed, upper):
    (
      CUnsignedInt, CUnsignedInt, CUnsignedInt, CUnsignedInt
    ) = (101, 111, 112, 121)

  let sgemm: FloatProduct
  let dgemm: DoubleProduct
  let ssyrk: FloatSquare
  let dsyrk: DoubleSquare
  let configuration: Text
  let coreName: Text
  let threadCount: Count
  let setThreadCount: SetCount

  /// The library; `nil` where the system has none.
  static let shared = OpenBLASLibrary()

  /// The library for products, which are only asked for where there is one.
  static var loaded: OpenBLASLibrary {
    guard let shared else {
      preconditionFailure("products by OpenBLAS without it: Execution.validate() tells")
    }
    return shared
  }

  private init?() {
    #if canImport(Darwin)
      let names = ["libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib"]
    #else
      let names = ["libopenblas.so.0", "libopenblas.so"]
    #endif
    let found = names.lazy.compactMap { dlopen($0, RTLD_NOW | RTLD_LOCAL) }.first
    guard let handle = found,
      let sgemm = dlsym(handle, "cblas_sgemm"), let dgemm = dlsym(handle, "cblas_dgemm"),
      let ssyrk = dlsym(handle, "cblas_ssyrk"), let dsyrk = dlsym(handle, "cblas_dsyrk"),
      let configuration = dlsym(handle, "openblas_get_config"),
      let coreName = dlsym(handle, "openblas_get_corename"),
      let threadCount = dlsym(handle, "openblas_get_num_threads"),
      let setThreadCount = dlsym(handle, "openblas_set_num_threads")
    else { return nil }
    self.sgemm = unsafeBitCast(sgemm, to: FloatProduct.self)
    self.dgemm = unsafeBitCast(dgemm, to: DoubleProduct.self)
    self.ssyrk = unsafeBitCast(ssyrk, to: FloatSquare.self)
    self.dsyrk = unsafeBitCast(dsyrk, to: DoubleSquare.self)
    self.configuration = unsafeBitCast(configuration, to: Text.self)
    self.coreName = unsafeBitCast(coreName, to: Text.self)
    self.threadCount = unsafeBitCast(threadCount, to: Count.self)
    self.setThreadCount = unsafeBitCast(setThreadCount, to: SetCount.self)
  }
}

/// The properties that OpenBLAS reports of itself.
package enum OpenBLAS {
  /// What is asked for by its name, as messages give it.
  package static var howToInstall: String {
    "apt-get install libopenblas0-pthread (Debian, Ubuntu) or brew install openblas"
  }

  /// Whether the system has it. The first question loads it.
  package static var isAvailable: Bool { OpenBLASLibrary.shared != nil }

  /// The version and the options it was built with; `nil` where there is none.
  package static var configuration: String? {
    guard let library = OpenBLASLibrary.shared else { return nil }
    let text = String(cString: library.configuration())
    return text.last == " " ? String(text.dropLast()) : text
  }

  /// The name of the kernels that it chose for this processor when it was loaded, or those that the
  /// environment variable `OPENBLAS_CORETYPE` asked for; `nil` where there is none.
  package static var coreName: String? {
    OpenBLASLibrary.shared.map { String(cString: $0.coreName()) }
  }
}
