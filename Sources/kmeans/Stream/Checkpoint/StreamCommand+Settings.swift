import Clustering
import KMeansFiles

// What decides the results of a stream, as its checkpoint keeps it.
extension StreamCommand {
  /// The options that a stream that goes on must have as before, in the order in which a change of
  /// several is told. Those that only say what is written at the end, or how fast, are not among
  /// them.
  func settings(_ parameters: StreamingParameters) -> RunSettings {
    var settings = RunSettings()
    settings.set("-k", parameters.clusterCount)
    settings.set("--no-update", flag: clusters.noUpdate)
    add(learning, parameters, to: &settings)
    settings.set("--seed", learning.seed)
    settings.set("--init", start.`init`)
    settings.set("--first-rows", start.firstRows)
    settings.set("--init-weight", start.initWeight)
    settings.set("--train-dir", source.folders.trainDir)
    settings.set("--predict-dir", source.folders.predictDir)
    settings.set("--batch-size", source.batchSize)
    // Of folders it only says how soon a file is seen.
    if !source.folders.areGiven {
      settings.set("--interval", source.interval.map { TimeUnits.text($0.seconds) })
    }
    settings.set("--time-column", source.timeColumn)
    settings.set("--id-column", source.keyColumn)
    settings.set("--point-weights", source.pointWeights)
    settings.set(source.rows)
    if let drift = drift.parameters {
      settings.set("--drift", flag: true)
      settings.set("--drift-delta", drift.delta)
      settings.set("--drift-lambda", drift.lambda)
      settings.set("--drift-batches", drift.minimumBatches)
    }
    settings.set("--trace", results.trace)
    settings.set("--trace-every", results.traceEvery)
    settings.set("--metrics", results.metrics)
    settings.set("--predictions", results.predictions)
    return settings
  }

  private func add(
    _ learning: LearningOptions, _ parameters: StreamingParameters, to settings: inout RunSettings
  ) {
    let forgetting = parameters.forgetting
    settings.set("--compat", learning.compat?.rawValue)
    switch forgetting.pace {
    case .never: settings.set("pace", "no --half-life")
    case .halfLife(let time): settings.set("pace", "--half-life \(time)")
    case .decayFactor(let factor): settings.set("pace", "--decay-factor \(factor)")
    case .forgetfulness(let share): settings.set("pace", "--forgetfulness \(share)")
    }
    settings.set("--time-unit", forgetting.unit.rawValue)
    settings.set("--gain", parameters.gain.rawValue)
    switch parameters.deaths {
    case .never: settings.set("--deaths", "never")
    case .spark: settings.set("--deaths", "spark")
    case .afterHalfLives(let time): settings.set("--deaths", time)
    }
    settings.set("--max-time-jump", learning.timeJump(forgetting))
    settings.set("--distance", parameters.distance.kind.rawValue)
    settings.set("--standardize", flag: parameters.standardizes)
  }
}
