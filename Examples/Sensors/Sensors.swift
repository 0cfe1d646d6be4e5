// Learns from sensor readings as they come: what is usual now, what looks odd, and when that
// changes. With the name of a file it goes on where the last run ended.
import Clustering

@main
enum Sensors {
  static func main() throws {
    func begin() -> StreamingKMeans<Float> {
      StreamingKMeans(clusterCount: 3, forgetting: .halfLife(5, .batches), seed: 1)
    }
    let file = CommandLine.arguments.dropFirst().first
    var stream =
      try file.map { try StreamingKMeans<Float>.resuming($0, otherwise: begin) } ?? begin()
    let latest = LatestModel<Float>()  // for readers on other threads: `latest.model`

    for batch in stream.batchCount..<stream.batchCount + 80 {
      let readings = try Readings.batch(batch)
      // Predict, then learn: in this order, with one assignment for both.
      let (predictions, report) = try stream.predictThenUpdate(readings.view)
      let scores = predictions?.outlierScores ?? []
      let odd = scores.indices.filter { scores[$0] > 6 }
      if let first = odd.first {
        print(
          "batch \(batch): \(odd.count) rows look odd, row \(first) is \(scores[first]) radii off")
      }
      for event in report.events {
        switch event.kind {
        case .born: print("batch \(batch): cluster \(event.cluster) appears")
        case .died: print("batch \(batch): cluster \(event.cluster) is forgotten")
        case .split(let parent):
          print("batch \(batch): cluster \(event.cluster) splits from \(parent)")
        }
      }
      latest.publish(stream.latestModel)
    }
    if let file { try stream.save(to: file) }  // whole or not at all

    guard let model = latest.model else { return }
    for (cluster, id) in stream.ids.enumerated() {
      let place = model.centroids.rowArrays[cluster].map { String($0) }.joined(separator: ", ")
      print("cluster \(id) at (\(place)), worth \(Int(model.clusterWeights[cluster])) readings")
    }
  }
}

/// Two sensors in three states. After 30 batches the third one never comes again, and after 60 the
/// first one has moved.
enum Readings {
  static func batch(_ number: Int) throws -> Matrix<Float> {
    var rows: [[Float]] = []
    for index in 0..<120 {
      let state = number < 30 ? index % 3 : index % 2
      let center: [Float] = [[number < 60 ? 0 : 3, 0], [10, 1], [5, 20]][state]
      // Regular noise is good enough here.
      let turn = Float((index * 37 + number * 11) % 120) / 120
      let distance = Float((index * 53 + number * 29) % 97) / 97
      rows.append([center[0] + distance * (turn - 0.5), center[1] + distance * (0.5 - turn * turn)])
    }
    if number == 25 { rows[7] = [40, 40] }
    return try Matrix(rows)
  }
}
