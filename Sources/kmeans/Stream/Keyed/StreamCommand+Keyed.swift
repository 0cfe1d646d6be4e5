import ArgumentParser
import Batching
import Clustering
import VectorIO

// A stream with a model for each key.
extension StreamCommand {
  /// Refuses what there is only of one model.
  func validateKeyed() throws {
    guard keyed.keyModels != nil else { return }
    var others = results.givenNames + drift.givenNames + live.givenNames
    if results.metrics != nil { others.append("--metrics") }
    if clusters.noUpdate { others.append("--no-update") }
    if source.folders.predictDir != nil { others.append("--predict-dir") }
    if let name = others.first {
      throw ValidationError(
        "\(name): with --key-models there is no one model it could be of: expected --models-dir, "
          + "--trace or --predictions")
    }
    if keeping.checkpoint != nil {
      throw ValidationError(
        "--checkpoint: with --key-models the models themselves are kept, and go on: expected "
          + "--models-dir")
    }
    if source.folders.trainDir != nil {
      throw ValidationError(
        "--train-dir: with --key-models expected files, or - for the standard input")
    }
    if !start.isDrawn {
      throw ValidationError(
        "--init \(start.`init`): with --key-models every model begins by itself, expected k-means++ or "
          + "gaussian")
    }
    if source.ids.idColumn != nil {
      throw ValidationError("--key-column: the column of the keys is that of --key-models")
    }
    if let predictions = results.predictions, predictions.hasSuffix(".npy") {
      throw ValidationError(
        "--predictions \(predictions): npy holds no texts, as the keys are: expected a name that ends in "
          + ".csv")
    }
  }

  /// Learns a model for each key.
  func runKeyed(
    _ first: consuming OpenedVectorFile, _ source: StreamInputOptions,
    _ parameters: StreamingParameters, _ outputs: StreamOutputs, like expected: ExpectedColumns?
  ) throws {
    let info = first.info
    let precision =
      learning.needsDouble ? .double : source.rows.precision ?? Precision(info.precision)
    switch precision {
    case .float:
      let batches = try source.batches(first, as: Float.self, like: expected, note: common.note)
      try KeyedRun(batches, info, self, parameters, outputs).run()
    case .double:
      let batches = try source.batches(first, as: Double.self, like: expected, note: common.note)
      try KeyedRun(batches, info, self, parameters, outputs).run()
    }
  }
}
