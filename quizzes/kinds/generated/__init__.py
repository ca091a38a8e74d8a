"""Questions whose numbers are drawn for each learner, with keys and slips that the engine computes."""

from quizzes.kinds.contract import Kind
from quizzes.kinds.generated.activation_value import ActivationValue
from quizzes.kinds.generated.build_to_spec import BuildToSpec
from quizzes.kinds.generated.class_flip import ClassFlip
from quizzes.kinds.generated.confusion_metric import ConfusionMetric
from quizzes.kinds.generated.dead_units import DeadUnits
from quizzes.kinds.generated.decision_line import DecisionLine
from quizzes.kinds.generated.edge_effect import EdgeEffect
from quizzes.kinds.generated.equivalent_networks import EquivalentNetworks
from quizzes.kinds.generated.first_wrong_step import FirstWrongStep
from quizzes.kinds.generated.formulas import FORMULAS
from quizzes.kinds.generated.forward_pass import ForwardPass
from quizzes.kinds.generated.gates import Gate, XorNetwork
from quizzes.kinds.generated.identify_activation import IdentifyActivation
from quizzes.kinds.generated.largest_contribution import LargestContribution
from quizzes.kinds.generated.layer_vector import LayerVector
from quizzes.kinds.generated.linear_collapse import LinearCollapse
from quizzes.kinds.generated.numpy_expression import NumpyExpression
from quizzes.kinds.generated.order_steps import OrderSteps
from quizzes.kinds.generated.parameter_count import ParameterCount
from quizzes.kinds.generated.repair_network import RepairNetwork
from quizzes.kinds.generated.rounding_flips import RoundingFlips
from quizzes.kinds.generated.shape_trace import ShapeTrace
from quizzes.kinds.generated.softmax_change import SoftmaxChange
from quizzes.kinds.generated.softmax_values import SoftmaxValues
from quizzes.kinds.generated.weight_shape import WeightShape
from quizzes.kinds.generated.weighted_sum import WeightedSum

GENERATED: tuple[Kind, ...] = (
    ParameterCount(),
    WeightedSum(),
    WeightShape(),
    ActivationValue(),
    LayerVector(),
    SoftmaxValues(),
    DeadUnits(),
    *FORMULAS,
    ShapeTrace(),
    LinearCollapse(),
    DecisionLine(),
    LargestContribution(),
    Gate(),
    XorNetwork(),
    EdgeEffect(),
    IdentifyActivation(),
    NumpyExpression(),
    EquivalentNetworks(),
    FirstWrongStep(),
    ForwardPass(),
    SoftmaxChange(),
    OrderSteps(),
    ConfusionMetric(),
    RoundingFlips(),
    ClassFlip(),
    RepairNetwork(),
    BuildToSpec(),
)
