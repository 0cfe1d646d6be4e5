import Foundation
import KMeansFiles
import KMeansLinearAlgebra

/// What becomes of a run for which there is no memory.
///
/// Memory that is refused beforehand is an ordinary error. What only shows when it is asked for
/// cannot be thrown from where it is: the standard library ends the program. So the program ends
/// here, in order.
enum Exhaustion {
  /// Lets the library tell this tool what it cannot get, and looks whether there is enough to begin
  /// with.
  static func prepare() throws(Failure) {
    MemoryExhaustion.handle { stop($0) }
    try AddressSpace.check(threads: 0)
  }

  /// The program ends: the standard library has said on stderr what it could not get, or what is
  /// wrong.
  static func stop() -> Never { stop("or a fault of this program, as the line above says") }

  private static func stop(_ what: String) -> Never {
    AtomicFile.removeAllTemporaries()
    Streams.say("kmeans: \(Failure.outOfMemory(what).line)")
    // Nothing that runs at an exit: threads of OpenBLAS, which wait for memory for ever, would be
    // waited for.
    _exit(EX_IOERR)
  }
}

extension Failure {
  /// There is no memory for something.
  static func outOfMemory(_ what: String) -> Failure {
    Failure(line: "out of memory: \(what); no file is left half-written", status: EX_IOERR)
  }
}
