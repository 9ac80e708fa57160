"""What a reward is: the batch it judges, the outcomes it gives, and how rewards compose."""
