import Clustering

// Alarms for drift, told.
extension StreamRun {
  /// Says what the alarms of a batch are, and runs the command for them.
  func tellDrift(_ batch: BatchFacts) {
    for event in batch.alarms {
      command.common.note("\(path): batch \(batch.number): \(event.text)")
      let path = path
      alarm?.tell { missed in event.json(of: batch, path, missed: missed) }
    }
  }
}
