/// A command that computes: what it takes of the machine is checked before it runs.
protocol ComputingCommand {
  var common: RunOptions { get }
}

extension FitCommand: ComputingCommand {}
extension AssignCommand: ComputingCommand {}
extension StreamCommand: ComputingCommand {}
extension OnePassCommand: ComputingCommand {}
extension EvaluateCommand: ComputingCommand {}
extension ElbowCommand: ComputingCommand {}
