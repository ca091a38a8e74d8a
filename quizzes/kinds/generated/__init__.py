"""Questions whose numbers are drawn for each learner, with keys and slips that the engine computes."""

from quizzes.kinds.contract import Kind
from quizzes.kinds.generated.activation_value import ActivationValue
from quizzes.kinds.generated.dead_units import DeadUnits
from quizzes.kinds.generated.decision_line import DecisionLine
from quizzes.kinds.generated.formulas import FORMULAS
from quizzes.kinds.generated.gates import Gate, XorNetwork
from quizzes.kinds.generated.largest_contribution import LargestContribution
from quizzes.kinds.generated.layer_vector import LayerVector
from quizzes.kinds.generated.linear_collapse import LinearCollapse
from quizzes.kinds.generated.parameter_count import ParameterCount
from quizzes.kinds.generated.shape_trace import ShapeTrace
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
)
