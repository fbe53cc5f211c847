"""The tables of feedback, one subject a file."""

from safecall.feedback.models.answer import Answered, Answers, Reply
from safecall.feedback.models.complaint import Complaint, ComplaintStep, ComplaintWords

__all__ = ["Answered", "Answers", "Complaint", "ComplaintStep", "ComplaintWords", "Reply"]
