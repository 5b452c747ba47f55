/// No balance: everything follows the fused loss L_f, the own heads stay as they are.
struct FusedOnly: Balancer {
  func gradients(_ step: JointStep) -> JointGradients { step.fusedGradients() }
}
