import Foundation
import KMeansFiles
import KMeansLinearAlgebra

/// The end of a run for which there is no memory.
///
/// Memory that is refused beforehand is an ordinary error. Memory that is refused when it is taken
/// cannot throw one: the standard library ends the program. So the program ends here, in order.
enum Exhaustion {
  /// Lets the library tell this tool which memory it cannot get, and checks that there is enough to
  /// begin with.
  static func prepare() throws(Failure) {
    MemoryExhaustion.handle { stop($0) }
    try AddressSpace.check(threads: 0)
  }

  /// Ends the program: the standard library has written to stderr which memory it could not get, or
  /// the fault.
  static func stop() -> Never { stop("or a fault of this program, as the line above says") }

  private static func stop(_ what: String) -> Never {
    AtomicFile.removeAllTemporaries()
    Streams.say("kmeans: \(Failure.outOfMemory(what).line)")
    // No exit handlers run: they would wait for threads of OpenBLAS, which wait for memory for
    // ever.
    _exit(EX_IOERR)
  }
}

extension Failure {
  /// The error of missing memory.
  static func outOfMemory(_ what: String) -> Failure {
    Failure(line: "out of memory: \(what); no file is left half-written", status: EX_IOERR)
  }
}
