package import KMeansFiles

/// A place in the input of a stream: what batches were handed out before it. It is written into
/// checkpoints, so that a stream that is resumed goes on behind them.
package struct BatchMark: Sendable, Hashable {
  /// A file of a watched folder that was taken.
  package struct TakenFile: Sendable, Hashable {
    /// Its name within the folder.
    package var name: ExactText
    /// Its size in bytes, and the time of its last change in nanoseconds since 1970, when it was
    /// read.
    package var size: Int
    package var modified: Int

    package init(name: ExactText, size: Int, modified: Int) {
      (self.name, self.size, self.modified) = (name, size, modified)
    }
  }
  /// The number of inputs that were read to their end.
  package var files = 0
  /// The number of rows of the next input that were handed out or left out before.
  package var rows = 0
  /// The files of a watched folder that were taken, oldest first; bounded by who keeps them.
  package var taken: [TakenFile] = []

  package init(files: Int = 0, rows: Int = 0, taken: [TakenFile] = []) {
    (self.files, self.rows, self.taken) = (files, rows, taken)
  }
}
