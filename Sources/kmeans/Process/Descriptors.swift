import Foundation
import KMeansFiles

/// The descriptors of the process: those that it was started without, and whether there are enough.
enum Descriptors {
  /// The number of descriptors that must be free: a pair for signals, those that Dispatch waits
  /// with, an input, an output and its folder.
  private static let needed = 8

  /// Takes the places of the standard streams that are closed; and refuses to work with so few
  /// descriptors that libraries end the program without a word.
  ///
  /// To be called before any file is opened.
  static func prepare() throws(Failure) {
    guard StandardStreams.takeClosedPlaces() else { throw tooFew }
    var free: [Int32] = []
    defer { for descriptor in free { close(descriptor) } }
    for _ in 0..<needed {
      let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw tooFew }
      free.append(copy)
    }
  }

  private static var tooFew: Failure {
    Failure(
      line: "too few files may be open at once (ulimit -n), expected \(needed) beside those that "
        + "are",
      status: EX_IOERR)
  }
}
